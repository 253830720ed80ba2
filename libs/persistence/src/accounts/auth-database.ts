import { prismaAdapter } from "@better-auth/prisma-adapter";
import { PrismaPg } from "@prisma/adapter-pg";
import { createPool } from "../database/pool.ts";
import { PrismaClient } from "../generated/client.ts";

export type AuthDatabase = ReturnType<typeof prismaAdapter>;
const maxConnections = 4;

/** Accounts and sessions for the sign-in library, on the system role: it has no rights on any inventory. */
export function createAuthDatabase(urls: { readonly systemUrl: string }): { readonly adapter: AuthDatabase; close(): Promise<void> } {
  const pool = createPool(urls.systemUrl, maxConnections);
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    adapter: prismaAdapter(client, { provider: "postgresql" }),
    close: async () => {
      await client.$disconnect();
      await pool.end();
    },
  };
}
