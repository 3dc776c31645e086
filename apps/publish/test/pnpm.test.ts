import { everything, installWithPnpm } from '../src/consumer.ts'
import { describeConsumer } from '../src/describe-consumer.ts'

describeConsumer('installed by pnpm', () => installWithPnpm(everything(), 'pnpm'))
