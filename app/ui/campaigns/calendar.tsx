import { Link } from "@remix-run/react";
import { BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from "@shopify/polaris";
import { ChevronLeftIcon, ChevronRightIcon } from "@shopify/polaris-icons";
import { editor } from "../texts/editor.ts";
import { useWords } from "../words.ts";
import { type Day, dayBefore, isDated, monthAfter, type Run, weeksOf } from "./month.ts";

const words = editor.campaigns;
const mostADay = 3;

/** A month with what runs on each of its days. */
export function Calendar({ month, today, runs }: { month: string; today: string; runs: readonly Run[] }) {
  const { timeZone } = useWords();
  const dated = runs.filter(isDated);
  const title = said(`${month}-01`, { month: "long", year: "numeric" });
  const to = (other: string) => `/app/campaigns?month=${other}`;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <BlockStack gap="050">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            <Text as="p" tone="subdued">
              {words.calendarHelp(timeZone)}
            </Text>
          </BlockStack>
          <ButtonGroup>
            <Button icon={ChevronLeftIcon} accessibilityLabel={words.previous} url={to(monthAfter(month, -1))} />
            <Button url={to(today.slice(0, 7))}>{words.today}</Button>
            <Button icon={ChevronRightIcon} accessibilityLabel={words.next} url={to(monthAfter(month, 1))} />
          </ButtonGroup>
        </InlineStack>
        <table className="laurel-calendar" aria-label={title}>
          <thead>
            <tr>
              {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
                <th key={weekday} scope="col" abbr={said(`2024-01-0${weekday}`, { weekday: "long" })}>
                  {said(`2024-01-0${weekday}`, { weekday: "short" })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(month, dated).map((week) => (
              <tr key={week[0]?.day}>
                {week.map((day) => (
                  <DayCell key={day.day} day={day} isToday={day.day === today} isMonday={day === week[0]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </BlockStack>
    </Card>
  );
}

function DayCell({ day: { day, date, inMonth, lanes }, isToday, isMonday }: { day: Day; isToday: boolean; isMonday: boolean }) {
  const more = lanes.slice(mostADay).filter((run) => run !== null).length;
  return (
    <td className={inMonth ? undefined : "laurel-other-month"} aria-current={isToday ? "date" : undefined}>
      <time dateTime={day}>
        {date}
        {isToday && <span className="laurel-unseen"> {words.today}</span>}
      </time>
      {lanes.slice(0, mostADay).map((run, lane) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: an empty lane is nothing but its place
        if (!run) return <span key={lane} className="laurel-run laurel-run-none" />;
        const begins = run.days ? !run.days.includes(dayBefore(day)) : run.from?.slice(0, 10) === day;
        return (
          <Link
            key={`${run.kind} ${run.id}`}
            to={pathOf(run)}
            className={`laurel-run laurel-run-${run.kind}${run.active ? "" : " laurel-run-off"}`}
            // The name is said where it begins and at each Monday; between them it is a bar.
            aria-label={run.name}
            title={run.name}
          >
            {begins || isMonday || date === 1 ? run.name : "\u00a0"}
          </Link>
        );
      })}
      {more > 0 && <span className="laurel-more">{words.more(more)}</span>}
    </td>
  );
}

export const pathOf = ({ kind, id }: Run): string => (kind === "rule" ? `/app/earning/${id}` : `/app/boosts/${id}`);

const said = (day: string, how: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat("en", { ...how, timeZone: "UTC" }).format(new Date(`${day}T00:00Z`));
