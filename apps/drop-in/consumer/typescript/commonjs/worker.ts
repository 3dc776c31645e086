import { runAsWorker } from 'synckit'

/** Types alone could be left out, this has to be compiled. */
enum Factor {
  two = 2,
}

runAsWorker(async (value: number): Promise<number> => value * Factor.two)
