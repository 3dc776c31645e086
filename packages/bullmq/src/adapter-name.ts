/** Name of the adapter, for messages and errors. */
export const adapterName = 'bullmq'
