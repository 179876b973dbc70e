/** Remembers the last head of one kind of answer: the next one that is alike is not parsed again. */
import { parseHead } from './framing.ts'
import type { Head } from './framing.ts'

export class HeadMemory {
  #bytes: Buffer = Buffer.alloc(0)
  #head: Head | undefined

  /**
   * Reads the head of the answer that starts at byte 0.
   * @param length how many bytes of `data` are filled
   * @returns good until the next call; undefined while the head is incomplete
   * @throws MalformedAnswer
   */
  read(data: Buffer, length: number): Head | undefined {
    return this.#known(data, length) ?? this.#new(data, length)
  }

  /** The head of the answer before, if this one has the same but for the digits of Content-Length. */
  #known(data: Buffer, length: number): Head | undefined {
    const head = this.#head
    if (head === undefined || length < head.end) return undefined
    const known = this.#bytes
    const { digitsStart, digitsEnd, end } = head
    if (known.compare(data, 0, digitsStart, 0, digitsStart) !== 0) return undefined
    if (digitsStart === end) return head
    if (known.compare(data, digitsEnd, end, digitsEnd, end) !== 0) return undefined
    let bytes = 0
    for (let at = digitsStart; at < digitsEnd; at++) {
      const digit = (data[at] ?? 0) - 48
      if (digit < 0 || digit > 9) return undefined
      bytes = bytes * 10 + digit
    }
    head.length = bytes
    return head
  }

  #new(data: Buffer, length: number): Head | undefined {
    const head = parseHead(data, length)
    if (head === undefined || head.status < 200) return head
    this.#head = head
    this.#bytes = Buffer.from(data.subarray(0, head.end))
    return head
  }
}
