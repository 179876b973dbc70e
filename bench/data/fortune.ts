/** Table `fortune`: the twelve sayings of the TechEmpower benchmarks, word for word. */
import type { Table } from '../data.ts'

export interface Fortune {
  readonly id: number
  readonly message: string
}

const messages = [
  'fortune: No such file or directory',
  "A computer scientist is someone who fixes things that aren't broken.",
  'After enough decimal places, nobody gives a damn.',
  'A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67, 1, 1, 1',
  'A computer program does what you tell it to do, not what you want it to do.',
  'Emacs is a nice operating system, but I prefer UNIX. — Tom Christaensen',
  'Any program that runs right is obsolete.',
  'A list is only as strong as its weakest link. — Donald Knuth',
  'Feature: A bug with seniority.',
  'Computers make very fast, very accurate mistakes.',
  '<script>alert("This should not be displayed in a browser alert box.");</script>',
  'フレームワークのベンチマーク',
] as const

export const fortune: Table<Fortune> = {
  name: 'fortune',
  ddl: 'CREATE TABLE fortune (id int PRIMARY KEY, message varchar(2048) NOT NULL)',
  columns: [
    { name: 'id', type: 'int', value: ({ id }) => id },
    { name: 'message', type: 'text', value: ({ message }) => message },
  ],
  rows: () => messages.map((message, index) => ({ id: index + 1, message })),
}
