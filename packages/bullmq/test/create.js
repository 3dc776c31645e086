export { bullmq as create } from '@ambisync/bullmq'
