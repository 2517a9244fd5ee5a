/** Fonts are shipped, never fetched from outside; the browser takes only the subsets that the page's characters need (unicode-range). */
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/700.css';
import '@fontsource/noto-sans-mono/latin-400.css';
import '@fontsource/noto-sans-mono/latin-700.css';
