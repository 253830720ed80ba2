/**
 * The right side of a join that finds the counterparts of rows in a large table, each by its whole key in the index: `join
 * ${lookUp(...)}`. Nothing is known of a source that came after the table's statistics were taken; the planner expects one row of it and
 * would compare each row with all of it, or read what belongs to all sources to find a few. The fence (`offset 0`) leaves it no other way
 * than the index, so that the cost is that of the rows on the left.
 */
export const lookUp = (large: {
  readonly table: string;
  readonly as: string;
  readonly where: string;
  readonly columns?: string;
}): string => {
  const { table, as, where, columns = "*" } = large;
  return `lateral (select ${columns} from ${table} ${as} where ${where} offset 0) ${as} on true`;
};
