import { runAsWorker } from '@ambisync/synckit'

const double = async (value: number): Promise<number> => value * 2

runAsWorker(double)
