export { workerThreads as create } from '@ambisync/worker-threads'
