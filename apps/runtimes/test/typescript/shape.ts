export interface Shape {
  readonly width: number
  readonly height: number
}
