import { everything, installWithPnpm } from '../src/consumer.ts'
import { describeExamples } from '../src/describe-examples.ts'

describeExamples('installed by pnpm', () => installWithPnpm(everything(), 'pnpm'))
