import { z } from "zod";
import { isNetwork } from "@rollcall/platform";

/** An address or a range: `10.0.0.0/8`, `2001:db8::/32`. */
export const network = z.string().trim().max(64).refine(isNetwork, { error: "is not an address range such as 10.0.0.0/8" });
/** `aws` or `aws:123456789012`. */
export const sourceLimit = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_-]{0,63}(?::\S{1,256})?$/, { error: "is not a source such as aws or aws:123456789012" });
