import { AppError } from "@rollcall/platform";
import type { ConnectorKeySource } from "./connector-key-source.ts";

const unchangeable = new AppError("precondition_failed", "CONNECTOR_KEYS cannot be changed from here. Change it, and restart the worker");

/** The ring in the environment, for operators whose platform hands out secrets that way: keys separated by white space or commas, the newest first. */
export const envKeySource = (value: string): ConnectorKeySource => ({
  where: "CONNECTOR_KEYS",
  writable: false,
  stamp: () => "as started",
  read: () =>
    Promise.resolve(
      `${value
        .trim()
        .split(/[\s,]+/)
        .join("\n")}\n`,
    ),
  create: () => Promise.reject(unchangeable),
  write: () => Promise.reject(unchangeable),
});
