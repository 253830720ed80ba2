import { AppError } from "@rollcall/platform";
import { batchLimits, fileLimits, inMebibytes, type BodyLimits } from "./upload-limits.ts";

const batchAdvice = `Split it into several requests, or send it as a file (multipart/form-data, up to ${inMebibytes(fileLimits.wireBytes)} MiB)`;
const fileAdvice = "Split it into several imports";

/** More was sent than one request may carry. */
export const tooLarge = (limits: BodyLimits): AppError =>
  new AppError(
    "too_large",
    limits === batchLimits
      ? `A JSON or NDJSON body may have ${inMebibytes(limits.wireBytes)} MiB as it is sent. Compress it with gzip. ${batchAdvice}`
      : `An upload may have ${inMebibytes(limits.wireBytes)} MiB in all. Compress it, or split it into several imports`,
  );

/** What was sent unpacks to more than one request may carry. */
export const inflatesTooFar = (limits: BodyLimits): AppError =>
  new AppError(
    "too_large",
    limits === batchLimits
      ? `A JSON or NDJSON body may unpack to ${inMebibytes(limits.inflatedBytes)} MiB. ${batchAdvice}`
      : `The body unpacks to more than ${inMebibytes(limits.inflatedBytes)} MiB. ${fileAdvice}`,
  );
