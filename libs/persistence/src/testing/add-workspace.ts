import pg from "pg";

/** A further workspace of a person, as the product makes none by itself. `url` has to be a superuser's, to see past row-level security. */
export async function addWorkspace(
  url: string,
  of: { readonly name: string; readonly email: string; readonly role: string },
): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      `with made as (insert into workspace (name) values ($1) returning id)
       insert into workspace_member (workspace_id, user_id, role, name, email)
       select made.id, member.user_id, $3, member.name, member.email from made, (select * from workspace_member where email = $2 limit 1) member
       returning workspace_id as id`,
      [of.name, of.email, of.role],
    );
    if (rows[0] === undefined) throw new Error(`${of.email} belongs to no workspace`);
    return rows[0].id;
  } finally {
    await client.end();
  }
}
