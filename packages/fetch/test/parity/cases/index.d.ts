export declare const cases: readonly {
  readonly name: string
  readonly except?: Readonly<Record<string, string>>
}[]
