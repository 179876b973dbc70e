/** Table `orders`: empty at first; a checkout writes one row. */
import type { Table } from '../data.ts'

export const orders: Table<never> = {
  name: 'orders',
  // No foreign key: a user may be deleted by the CRUD workload while another one checks out.
  ddl: `CREATE TABLE orders (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id int NOT NULL,
    total_cents int NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now())`,
  columns: [],
  rows: () => [],
}
