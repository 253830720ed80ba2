import { TRPCError } from "@trpc/server";
import { appErrorOf } from "@rollcall/api-router";

/** Procedures called in process throw tRPC's errors; the REST API answers with the AppError behind them. */
export const unwrapTrpcError = (error: unknown): unknown => (error instanceof TRPCError ? appErrorOf(error) : error);
