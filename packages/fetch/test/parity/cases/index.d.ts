export declare const cases: readonly { readonly name: string }[]
