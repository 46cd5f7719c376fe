import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Footfall } from './footfall.ts';

const DAMAGE = `
import sqlite3, sys
log = sqlite3.connect(sys.argv[1], timeout=20)
log.execute("UPDATE batches SET payload = x''")
log.execute("CREATE TRIGGER damage AFTER INSERT ON batches BEGIN UPDATE batches SET payload = x'' WHERE first = NEW.first; END")
log.commit()
`;

/** Makes every hit of the log unreadable, those to come too: as a bad disk would. What was counted stays counted. */
export function damageLog({ data }: Footfall): void {
  execFileSync('python3', ['-c', DAMAGE, join(data, 'log.db')]);
}
