import { everything, installWithNpm } from '../src/consumer.ts'
import { describeExamples } from '../src/describe-examples.ts'

describeExamples('installed by npm', () => installWithNpm(everything(), 'npm'))
