/** The name by which errors and messages speak of it. */
export const adapterName = 'my-adapter'
