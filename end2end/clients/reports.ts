import { expect } from '@playwright/test';

type Value = string | number | null;

interface Answer {
  results: { dimensions: string[]; metrics: (number | null)[] }[];
  meta: { freshness: { complete_until: string } };
}

interface Question {
  metrics: string[];
  dimensions: string[];
  filters: unknown[];
}

/** What the query API says of one site today. */
export class Reports {
  private told: { question: Question; rows: Record<string, Value[]> }[] = [];

  constructor(
    private readonly origin: string,
    private readonly key: string,
    private readonly site: string,
  ) {}

  /** Those of another site of the same server. */
  of(site: string): Reports {
    return new Reports(this.origin, this.key, site);
  }

  /** The metrics (names with blanks between them) of the site become these. */
  async whole(metrics: string, values: Value[], filters: unknown[] = []): Promise<void> {
    await this.become({ metrics: metrics.split(' '), dimensions: [], filters }, { '': values });
  }

  /** The rows of a breakdown become these, and no others. */
  async table(dimension: string, metrics: string, rows: Record<string, Value[]>, filters: unknown[] = []): Promise<void> {
    await this.become({ metrics: metrics.split(' '), dimensions: [dimension], filters }, rows);
  }

  /** Seconds on each page, as they are now. */
  async seconds(): Promise<Record<string, Value>> {
    const rows = table(await this.ask({ metrics: ['time_on_page'], dimensions: ['event:page'], filters: [] }));
    return Object.fromEntries(Object.entries(rows).map(([page, [time]]) => [page, time!]));
  }

  /** When all that was received is counted, everything told before must still be so: no hit was one too many. */
  async stay(): Promise<void> {
    const now = Date.now();
    const some = { metrics: ['visitors'], dimensions: [], filters: [] };
    await expect.poll(async () => Date.parse((await this.ask(some)).meta.freshness.complete_until)).toBeGreaterThan(now);
    for (const { question, rows } of this.told) expect(table(await this.ask(question)), JSON.stringify(question)).toEqual(rows);
    this.told = [];
  }

  private async become(question: Question, rows: Record<string, Value[]>): Promise<void> {
    const options = { intervals: [40, 80, 160, 300], message: JSON.stringify(question) };
    await expect.poll(async () => table(await this.ask(question)), options).toEqual(rows);
    this.told.push({ question, rows });
  }

  private async ask(question: Question): Promise<Answer> {
    const response = await fetch(`${this.origin}/api/v2/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ site_id: this.site, date_range: 'day', ...question }),
    });
    const text = await response.text();
    expect(response.status, text).toBe(200);
    return JSON.parse(text);
  }
}

const table = (answer: Answer): Record<string, Value[]> =>
  Object.fromEntries(answer.results.map(({ dimensions, metrics }) => [dimensions.join(' · '), metrics]));
