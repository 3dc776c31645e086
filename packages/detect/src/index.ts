export { runWithMode } from '@ambisync/core'
export { type CallerDetectorOptions, callerDetector } from './caller-detector.ts'
