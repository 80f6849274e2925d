import { Action, AdaptiveCard, HostConfig, OpenUrlAction, SubmitAction } from 'adaptivecards'
import { useEffect, useMemo, useRef } from 'react'
import type { Activity } from './simulator.ts'
import type { Theme } from './teamsHost.ts'

const palettes = {
  default: {
    text: '#242424', subtle: '#616161', back: '#ffffff', emphasis: '#f5f5f5',
    accent: '#5b5fc7', good: '#0e700e', warning: '#8a3707', attention: '#b10e1c',
  },
  dark: {
    text: '#ffffff', subtle: '#d6d6d6', back: '#292929', emphasis: '#3d3d3d',
    accent: '#a6a7dc', good: '#9ad29a', warning: '#f4bfab', attention: '#e37d80',
  },
  contrast: {
    text: '#ffffff', subtle: '#ffffff', back: '#000000', emphasis: '#1a1a1a',
    accent: '#ffff00', good: '#3ff23f', warning: '#ffff00', attention: '#ff9a9a',
  },
} satisfies Record<Theme, object>

function hostConfig(theme: Theme): HostConfig {
  const palette = palettes[theme]
  const both = (name: keyof typeof palette) => ({ default: palette[name], subtle: name === 'text' ? palette.subtle : palette[name] })
  const foregroundColors = {
    default: both('text'), dark: both('text'), light: both('subtle'), accent: both('accent'),
    good: both('good'), warning: both('warning'), attention: both('attention'),
  }
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors })
  return new HostConfig({
    fontFamily: 'inherit',
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: palette.subtle },
    actions: { maxActions: 6, actionAlignment: 'left', actionsOrientation: 'horizontal', buttonSpacing: 8 },
    containerStyles: {
      default: style(palette.back), emphasis: style(palette.emphasis), accent: style(palette.emphasis),
      good: style(palette.emphasis), warning: style(palette.emphasis), attention: style(palette.emphasis),
    },
  })
}

/** What a button says to the bot: the text of its `messageBack`, the only kind that Outpost sends. */
const spoken = ({ data, title = '' }: SubmitAction): string => (data as { msteams?: { text?: string } } | undefined)?.msteams?.text ?? title

export interface CardProps {
  activity: Activity
  theme: Theme
  /** Sends a button's text to the bot, as if the person had typed it. */
  say: (text: string) => void
  openLink: (link: string) => boolean
}

function CardBody({ content, theme, say, openLink }: Omit<CardProps, 'activity'> & { content: unknown }) {
  const place = useRef<HTMLDivElement>(null)
  // Every look at the conversation brings the same card in a new object; it is drawn again only when it says something else.
  const text = JSON.stringify(content)
  const card = useMemo(() => JSON.parse(text) as unknown, [text])
  const latest = useRef({ say, openLink })
  latest.current = { say, openLink }
  useEffect(() => {
    const adaptive = new AdaptiveCard()
    adaptive.hostConfig = hostConfig(theme)
    adaptive.onExecuteAction = (action: Action) => {
      if (action instanceof OpenUrlAction && action.url !== undefined) latest.current.openLink(action.url)
      else if (action instanceof SubmitAction) latest.current.say(spoken(action))
    }
    adaptive.parse(card)
    const rendered = adaptive.render()
    place.current?.replaceChildren(...(rendered === undefined ? [] : [rendered]))
  }, [card, theme])
  return <div ref={place} className="card" />
}

/** One message of the bot: its text, and its cards as Teams would draw them. */
export function BotMessage({ activity, theme, say, openLink }: CardProps) {
  return (
    <>
      {activity.text !== undefined && activity.text !== '' && <p className="text">{activity.text}</p>}
      {activity.attachments?.map((attachment, index) =>
        attachment.contentType === 'application/vnd.microsoft.card.adaptive' ? (
          <CardBody key={index} content={attachment.content} theme={theme} say={say} openLink={openLink} />
        ) : (
          <p key={index} className="text">{`The desk cannot draw ${attachment.contentType}.`}</p>
        ),
      )}
    </>
  )
}
