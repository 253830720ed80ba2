/** What browsers and the client library say when no answer came, or one that is none of ours: true, and no help to anybody. */
const UNREACHED =
  /failed to fetch|fetch failed|load failed|networkerror|unexpected token|unexpected end of json|transform response|json\.parse/i;

/** Why something did not happen, for a person. The API's own messages say what to do next and stand as they are. */
export function errorWords(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  if (typeof navigator !== "undefined" && "onLine" in navigator && !navigator.onLine)
    return "This browser is offline. Try again when the network is back.";
  if (message === "" || UNREACHED.test(message))
    return "The server could not be reached, or it answered in a way this page does not understand. Try again in a moment.";
  return message;
}
