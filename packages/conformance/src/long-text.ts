/** 1 MB in lines, all different, with characters of one to four bytes. */
export const longText: string = Array.from({ length: 10_000 }, (_, line) => `${line} ${'aé€😀'.repeat(10)}\n`).join('')
