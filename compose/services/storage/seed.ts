// Furnishes an empty storage with the laboratory of the documents: five locations full of empty boxes.
import type { Query } from '../kit/database.ts'
import { ZONES, type Zone } from './zones.ts'

/** The documented locations with the samples each holds. */
const LOCATIONS: readonly (readonly [name: string, type: string, zone: Zone, capacity: number])[] = [
  ['Ultra Low Freezer A', 'freezer', 'ultra_low_freezer', 1000],
  ['Ultra Low Freezer B', 'freezer', 'ultra_low_freezer', 1000],
  ['Freezer Room A', 'freezer', 'freezer', 2000],
  ['Refrigerated Storage', 'refrigerator', 'refrigerated', 500],
  ['Room Temperature Storage', 'shelf', 'room_temperature', 300],
]

const LOCATION = `with place as (
  insert into storage.locations (name, location_type, temperature_zone, target_celsius, max_capacity)
  values ($1, $2, $3, $4, $5) returning *
)
insert into storage.containers (name, container_type, location_id, capacity, temperature_zone)
select name || ' 1', 'freezer', id, max_capacity, temperature_zone from place`

/** Five boxes to a rack, a hundred places to a box; a rack may stay half empty. */
const RACKS = `insert into storage.containers
  (name, container_type, parent_container_id, location_id, capacity, temperature_zone)
select f.name || ' Rack ' || n, 'rack', f.id, f.location_id, 500, f.temperature_zone
from storage.containers f, generate_series(1, ceil(f.capacity / 500.0)::integer) n
where f.container_type = 'freezer' order by f.ordinal, n`
const BOXES = `insert into storage.containers
  (name, container_type, parent_container_id, location_id, capacity, dimensions, temperature_zone)
select r.name || ' Box ' || n, 'box', r.id, r.location_id, 100, '{"rows": 10, "columns": 10}', r.temperature_zone
from (
  select rack.*, f.capacity as room, row_number() over (partition by f.id order by rack.ordinal) as nth
  from storage.containers rack join storage.containers f on f.id = rack.parent_container_id
) r, generate_series(1, 5) n
where ((r.nth - 1) * 5 + n) * 100 <= r.room order by r.ordinal, n`
const POSITIONS = `insert into storage.containers
  (name, container_type, parent_container_id, location_id, grid_row, grid_column, capacity, temperature_zone)
select chr(64 + r) || c, 'position', box.id, box.location_id, r, c, 1, box.temperature_zone
from storage.containers box, generate_series(1, 10) r, generate_series(1, 10) c
where box.container_type = 'box' order by box.ordinal, r, c`

/** Does so in the transaction that made the tables, `scale` times as large; where anything is, nothing is added. */
export async function seedStorage(query: Query, scale: number): Promise<void> {
  const [known] = await query('select 1 from storage.locations limit 1')
  if (known !== undefined || scale === 0) return
  for (const [name, type, zone, capacity] of LOCATIONS) {
    await query(LOCATION, [name, type, zone, ZONES[zone], Math.ceil((capacity * scale) / 100) * 100])
  }
  for (const furniture of [RACKS, BOXES, POSITIONS]) await query(furniture)
}
