import type { MachinesStore } from "@rollcall/posture-pipeline";
import type { Database } from "../database/database.ts";
import { federatedTokenCalls } from "./federated-tokens.ts";
import { federationCalls } from "./federations.ts";
import { serviceUserCalls } from "./service-users.ts";

export const createMachinesStore = (database: Database): MachinesStore => ({
  ...serviceUserCalls(database),
  ...federationCalls(database),
  ...federatedTokenCalls(database),
});
