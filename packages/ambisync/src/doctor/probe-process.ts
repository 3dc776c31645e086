/** A process that tries one thing: it may hang or crash there. Its argument is the probe's name. */
import { tryProbe } from './probe.ts'
import { runtimeProbes, strategyProbes } from './probes.ts'

const probe = [...runtimeProbes, ...strategyProbes].find(({ name }) => name === process.argv[2])
if (probe === undefined) throw new Error(`there is no probe called ${process.argv[2]}`)
const outcome = await tryProbe(probe)
process.send?.(outcome, () => process.exit())
