import { eq } from "./condition.ts";

/** Preconditions that several rules share. Known false makes a rule not applicable. */
export const active = eq("status", "active");
export const isAgent = eq("agent.isAgent", true);
export const isPlatformManaged = eq("managed.isPlatformManaged", true);
