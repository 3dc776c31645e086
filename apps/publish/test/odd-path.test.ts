import { everything, installWithNpm } from '../src/consumer.ts'
import { describeConsumer } from '../src/describe-consumer.ts'

describeConsumer('in a folder with spaces and letters that are not ASCII', () =>
  installWithNpm(everything(), 'with spaces, and ünlike ASCII ☃'),
)
