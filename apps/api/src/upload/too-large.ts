import { AppError } from "@rollcall/platform";
import { inMebibytes, uploadLimits } from "./upload-limits.ts";

export const tooLarge = (): AppError =>
  new AppError(
    "too_large",
    `An upload may have ${inMebibytes(uploadLimits.wireBytes)} MiB in all. Compress it, or split it into several imports`,
  );

export const inflatesTooFar = (): AppError =>
  new AppError("too_large", `The body unpacks to more than ${inMebibytes(uploadLimits.inflatedBytes)} MiB. Split it into several imports`);
