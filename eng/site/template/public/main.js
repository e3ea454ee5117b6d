export default {
  // The theme of the reader's system, until the reader chooses another.
  defaultTheme: 'auto',
  // A block of code that names no language is plain text: commands and output are in no language that could be guessed.
  configureHljs: hljs => hljs.configure({ languages: [] }),
}
