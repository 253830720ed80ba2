import { APIError, getSessionFromCtx, type createAuthMiddleware } from "better-auth/api";

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

export const codePath = "/two-factor/verify-totp";

/** The code of now, and those before and after it, are taken: nobody has use of one for longer. */
const usableSeconds = 90;

/** Name the sign-in library gives the cookie that stands for a password that was right. */
const challengeCookie = "two_factor";

/**
 * A code of an authenticator is good for one try, as RFC 6238 asks for: whoever watched it being typed, or took it on its way, has no use of
 * it. The key of the row says who tried what, so that of two who try at once one is refused. To be called before the code is looked at.
 */
export async function enterCodeOnce(ctx: Context, hashSecret: (secret: string) => string): Promise<void> {
  const code = (ctx.body as { readonly code?: unknown } | undefined)?.code;
  const user = await whoTries(ctx);
  if (user === null || typeof code !== "string") return;
  const { adapter } = ctx.context;
  const id = `entered-code:${hashSecret(`${user}:${code}`)}`;
  const identifier = `entered-code:${user}`;
  const now = Date.now();
  const isSame = [{ field: "id", value: id }];
  await adapter.deleteMany({
    model: "verification",
    where: [
      { field: "identifier", value: identifier },
      { field: "expiresAt", operator: "lt", value: new Date(now) },
    ],
  });
  try {
    const data = { id, identifier, value: "", expiresAt: new Date(now + usableSeconds * 1000) };
    await adapter.create({ model: "verification", data, forceAllowId: true });
  } catch (error) {
    if ((await adapter.findOne({ model: "verification", where: isSame })) === null) throw error;
    throw new APIError("CONFLICT", {
      code: "CODE_ENTERED_BEFORE",
      message: "This code was entered before. Wait for the next one: codes change every 30 seconds.",
    });
  }
}

async function whoTries(ctx: Context): Promise<string | null> {
  const session = await getSessionFromCtx(ctx);
  if (session !== null) return session.user.id;
  const { name } = ctx.context.createAuthCookie(challengeCookie);
  const challenge = await ctx.getSignedCookie(name, ctx.context.secret);
  if (typeof challenge !== "string") return null;
  return (await ctx.context.internalAdapter.findVerificationValue(challenge))?.value ?? null;
}
