/** An id that no call has had: whoever keeps calls may know those of earlier runs. */
export function freshId(): string {
  return crypto.randomUUID()
}
