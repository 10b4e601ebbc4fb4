/** All that this room says. */
export const texts = {
  // Bridge
  fileIsNoLongerThere: ({ file }: { file: string }) => `${file} is no longer there.`,

  // Browser
  regimenAnsweredWithStatus: ({ status, text }: { status: number; text: string }) =>
    `Regimen answered with status ${status}: ${text}`,
  regimenCantBeReached:
    'Regimen can’t be reached. Is it still running? Start it again: this page then goes on by itself, or asks for the link that it prints. Nothing that was trained is lost.',
};
