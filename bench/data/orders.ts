/** Table `orders`: empty at first; a checkout writes one row. */
import type { Table } from '../data.ts'

export const orders: Table<never> = {
  name: 'orders',
  // No foreign key: what was ordered stays when its user goes. That an order is for somebody, the server sees to.
  ddl: `CREATE TABLE orders (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id int NOT NULL,
    total_cents int NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now())`,
  columns: [],
  rows: () => [],
}
