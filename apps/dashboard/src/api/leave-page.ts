/** What the router marks its own entries of the history with. */
const ROUTERS = "__NA";

let stay: (() => void) | null = null;

/**
 * A page whose state is its address writes it there a moment after the state itself: within 50 ms, in Safari up to a second. The router takes
 * such a write for a wish to be where it points, and forgets the page that it is fetching meanwhile: whoever chose something and followed a
 * link at once stayed where they were. From the start of a navigation to its end, the page that is left writes past the router.
 */
export function leavePage(target: string): void {
  stay?.();
  const { pushState, replaceState } = history;
  stay = () => {
    Object.assign(history, { pushState, replaceState });
    stay = null;
  };
  const writing = (method: "pushState" | "replaceState", asRouter: History["pushState"]): History["pushState"] =>
    function write(state: unknown, unused, url) {
      const isRouters = typeof state === "object" && state !== null && ROUTERS in state;
      if (!isRouters) return History.prototype[method].call(history, history.state, "", url);
      // An entry that is written anew where it stands is what the router had to do before.
      const to = new URL(url ?? "", location.href).href;
      if (to !== location.href || to === new URL(target, location.href).href) stay?.();
      return asRouter.call(history, state, unused, url);
    };
  history.pushState = writing("pushState", pushState);
  history.replaceState = writing("replaceState", replaceState);
}

/** Going back or forth: the address has changed already, and nobody writes to it any more. */
export const stayOnPage = (): void => stay?.();
