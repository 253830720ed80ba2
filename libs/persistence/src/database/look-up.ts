/**
 * The right side of a join that finds the counterparts of a few rows in a large table, each by its whole key in the index: `join
 * ${lookUp(...)}`. Nothing is known of a source that came after the table's statistics were taken; the planner expects one row of it and
 * would compare each of the few with all of it. The fence (`offset 0`) leaves it no other way than the index. When a good part of the table
 * takes part (`isBulk`, see `preferHashJoins`), it is an ordinary join.
 */
export const lookUp = (
  isBulk: boolean,
  large: { readonly table: string; readonly as: string; readonly where: string; readonly columns?: string },
): string => {
  const { table, as, where, columns = "*" } = large;
  return isBulk ? `${table} ${as} on ${where}` : `lateral (select ${columns} from ${table} ${as} where ${where} offset 0) ${as} on true`;
};
