import { everything, installWithNpm } from '../src/consumer.ts'
import { describeConsumer } from '../src/describe-consumer.ts'

describeConsumer('installed by npm', () => installWithNpm(everything(), 'npm'), ['typescript', 'typescript-oldest'])
