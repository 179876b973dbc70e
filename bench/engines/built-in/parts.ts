/** Puts an answer together that came in several reads. */
export class Parts {
  /** Filled up to `length`. */
  data: Buffer = Buffer.alloc(0)
  length = 0

  /** Copies the first `bytes` of `from` behind what came before. */
  add(from: Buffer, bytes: number): void {
    const needed = this.length + bytes
    if (needed > this.data.length) {
      const larger = Buffer.allocUnsafe(Math.max(from.length, needed * 2))
      this.data.copy(larger, 0, 0, this.length)
      this.data = larger
    }
    from.copy(this.data, this.length, 0, bytes)
    this.length = needed
  }
}
