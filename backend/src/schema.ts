import { DataSource } from 'typeorm';
import { databaseOptions } from './app.module.ts';

/** The statements that would bring a database's tables to the entities; empty when migrations and entities agree. */
export async function schemaDrift(url: string): Promise<string[]> {
  const dataSource = await new DataSource(databaseOptions(url)).initialize();
  try {
    return (await dataSource.driver.createSchemaBuilder().log()).upQueries.map((q) => q.query);
  } finally {
    await dataSource.destroy();
  }
}
