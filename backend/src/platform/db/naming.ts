import { DefaultNamingStrategy } from 'typeorm';

const snake = (s: string): string => s.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** Tables and columns in singular snake_case; the class and its properties keep TypeScript's spelling. */
export class SnakeNaming extends DefaultNamingStrategy {
  override tableName(className: string, given: string): string {
    return given || snake(className);
  }
  override columnName(property: string, given: string, prefixes: string[]): string {
    return snake([...prefixes, given || property].join('_'));
  }
  override relationName(property: string): string {
    return snake(property);
  }
  override joinColumnName(relation: string, referenced: string): string {
    return snake(`${relation}_${referenced}`);
  }
}
