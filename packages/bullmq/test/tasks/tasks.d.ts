export function add(a: number, b: number): Promise<number>
export function echo<T>(value: T): Promise<T>
export function leave(file: string, line: string): Promise<string>
export function linger(file: string, ms: number): Promise<number>
export function failAtFirst(file: string, times: number): Promise<number>
export function pause(ms: number): Promise<number>
export function exit(code: number): Promise<never>
export function spin(): never
export function text(length: number): Promise<string>
export function remaining(): Promise<number>
export function ownKey(): Promise<string | undefined>
