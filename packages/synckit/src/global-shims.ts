/** A global that a worker is given by a module, before it is loaded. */
export interface GlobalShim {
  moduleName: string
  /** Left out where the module does it itself when it is imported. */
  globalName?: string
  /** The export to take; `null` for all of them as one object. Default: the default export. */
  named?: string | null
  /** `false` replaces a global that is there already. */
  conditional?: boolean
}
