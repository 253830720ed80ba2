import { cx } from "@/ui/cx.ts";
import type { Curve, Layout } from "./layout.ts";
import { routeCurves } from "./layout.ts";

const FATES: Readonly<Record<Curve["arrow"]["fate"], string>> = {
  kept: "stroke-link",
  reduced: "stroke-link",
  gone: "stroke-critical opacity-35",
  detour: "stroke-accent",
};

function Tip({ x, y, way, className }: Curve["tip"] & { className: string }) {
  return <path d={`M${x} ${y}l${-7 * way} -3.6v7.2Z`} className={className} stroke="none" />;
}

function Link({ curve, dimmed }: { curve: Curve; dimmed: boolean }) {
  const { arrow } = curve;
  const gone = arrow.fate === "gone";
  return (
    <g className={cx("transition-opacity duration-160", dimmed && "opacity-25")}>
      <path
        d={curve.path}
        fill="none"
        strokeWidth={gone ? 1.25 : curve.width}
        strokeDasharray={gone ? "2 5" : arrow.certainty === "conditional" ? "6 4" : undefined}
        className={FATES[arrow.fate]}
      />
      {gone ? null : <Tip {...curve.tip} className={arrow.fate === "detour" ? "fill-accent" : "fill-link"} />}
    </g>
  );
}

interface LinkLayerProps {
  readonly layout: Layout;
  /** Marks of the route that is looked at, in order. */
  readonly route: readonly string[];
  readonly routeConditional: boolean;
}

/** The links below the marks; a route that is looked at lies on top of them. */
export function LinkLayer({ layout, route, routeConditional }: LinkLayerProps) {
  const dimmed = route.length > 1;
  return (
    <svg aria-hidden width={layout.width} height={layout.height} className="pointer-events-none absolute inset-0 overflow-visible">
      {layout.curves.map((curve) => (
        <Link key={curve.arrow.key} curve={curve} dimmed={dimmed} />
      ))}
      {dimmed
        ? routeCurves(route, layout.boxes).map(({ path, tip }) => (
            <g key={path}>
              <path
                d={path}
                fill="none"
                strokeWidth={2.25}
                strokeDasharray={routeConditional ? "6 4" : undefined}
                className="stroke-accent"
              />
              <Tip {...tip} className="fill-accent" />
            </g>
          ))
        : null}
    </svg>
  );
}
