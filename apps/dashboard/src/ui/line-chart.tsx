"use client";

import { useEffect, useRef, useState, type PointerEvent } from "react";
import { cx } from "./cx.ts";
import { endLabels, pathOf, plotOf, shortDate, valueAt, type Line, type Plot } from "./line-plot.ts";

interface LineChartProps {
  readonly dates: readonly string[];
  readonly lines: readonly Line[];
  readonly max: number;
  readonly height: number;
  readonly label: string;
  readonly format: (value: number) => string;
}

function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!ref.current) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

function Axes({ plot, max, dates, format }: { plot: Plot } & Pick<LineChartProps, "max" | "dates" | "format">) {
  const first = { index: 0, anchor: "start" } as const;
  // A single day is named once.
  const marks = dates.length < 2 ? [first] : [first, { index: dates.length - 1, anchor: "end" } as const];
  return (
    <>
      {[0, max / 2, max].map((tick) => (
        <g key={tick}>
          <line
            x1={plot.left}
            x2={plot.right}
            y1={plot.y(tick)}
            y2={plot.y(tick)}
            className={tick === 0 ? "stroke-line-strong" : "stroke-line"}
          />
          <text x={plot.left - 8} y={plot.y(tick) + 4} textAnchor="end" className="fill-ink-3 text-xs">
            {format(tick)}
          </text>
        </g>
      ))}
      {marks.map(({ index, anchor }) => (
        <text key={anchor} x={plot.x(index)} y={plot.bottom + 20} textAnchor={anchor} className="fill-ink-3 text-xs">
          {shortDate(dates[index] ?? "")}
        </text>
      ))}
    </>
  );
}

function Lines({ plot, lines, format }: { plot: Plot } & Pick<LineChartProps, "lines" | "format">) {
  return (
    <>
      {lines.map((line) => (
        <path
          key={line.label}
          d={pathOf(line.values, plot)}
          fill="none"
          strokeWidth="1.75"
          strokeLinejoin="round"
          strokeDasharray={line.dashed ? "2 3" : undefined}
          className={cx("stroke-current", line.tone)}
        />
      ))}
      {lines.map((line) => {
        // One point makes no line: it is drawn as what it is.
        const [only, ...more] = line.values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
        return only === undefined || more.length > 0 ? null : (
          <circle key={line.label} cx={plot.x(only.index)} cy={plot.y(only.value)} r="3" className={cx("fill-current", line.tone)} />
        );
      })}
      {endLabels(lines, plot).map((end) => (
        <text key={end.label} x={plot.right + 10} y={end.at} className={cx("fill-current text-xs", end.tone)}>
          <tspan className="text-sm font-semibold">{format(end.value)}</tspan>
          <tspan x={plot.right + 10} dy="14">
            {end.label}
          </tspan>
        </text>
      ))}
    </>
  );
}

function Cursor({ plot, lines, index }: { plot: Plot; lines: readonly Line[]; index: number }) {
  return (
    <g>
      <line x1={plot.x(index)} x2={plot.x(index)} y1={plot.top} y2={plot.bottom} className="stroke-line-strong" />
      {lines.map((line) => {
        const value = valueAt(line, index);
        if (value === null) return null;
        return (
          <circle
            key={line.label}
            cx={plot.x(index)}
            cy={plot.y(value)}
            r="3.5"
            strokeWidth="1.5"
            className={cx("fill-current stroke-paper", line.tone)}
          />
        );
      })}
    </g>
  );
}

function Reading({
  plot,
  lines,
  date,
  index,
  format,
}: {
  plot: Plot;
  lines: readonly Line[];
  date: string;
  index: number;
  format: (value: number) => string;
}) {
  const x = plot.x(index);
  const place = x > plot.width / 2 ? { right: plot.width - x + 10 } : { left: x + 10 };
  return (
    <div className="pointer-events-none absolute top-0 rounded-md bg-raised px-2.5 py-1.5 text-xs shadow-pop" style={place}>
      <p className="text-ink-3">{shortDate(date)}</p>
      {lines.map((line) => {
        const value = valueAt(line, index);
        return (
          <p key={line.label} className="flex justify-between gap-4">
            <span>{line.label}</span>
            <span className="font-medium">{value === null ? "unknown" : format(value)}</span>
          </p>
        );
      })}
    </div>
  );
}

/** Lines over days from a zero baseline, named at their end instead of in a legend. Days without an answer stay gaps. */
export function LineChart({ dates, lines, max, height, label, format }: LineChartProps) {
  const [ref, width] = useWidth();
  const [hover, setHover] = useState<number | null>(null);
  const plot = plotOf({ width, height, max, dates });
  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    setHover(dates.length > 0 ? plot.indexAt(event.clientX - event.currentTarget.getBoundingClientRect().left) : null);
  };
  return (
    <div ref={ref} style={{ height }} className="relative">
      {width > 0 ? (
        <svg width={width} height={height} role="img" aria-label={label} onPointerMove={onMove} onPointerLeave={() => setHover(null)}>
          <Axes plot={plot} max={max} dates={dates} format={format} />
          <Lines plot={plot} lines={lines} format={format} />
          {hover === null ? null : <Cursor plot={plot} lines={lines} index={hover} />}
        </svg>
      ) : null}
      {hover === null ? null : <Reading plot={plot} lines={lines} date={dates[hover] ?? ""} index={hover} format={format} />}
    </div>
  );
}
