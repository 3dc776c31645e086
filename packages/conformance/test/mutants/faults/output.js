import { tamperedLoopEnd } from '../sound-adapter.js'

export const dropsWhatDoesNotFit = () => tamperedLoopEnd('drops-what-does-not-fit')
export const printsLate = () => tamperedLoopEnd('prints-late')
