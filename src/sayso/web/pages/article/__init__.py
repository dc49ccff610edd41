"""The page of an article, and the list of articles."""

from sayso.web.pages.article.routes import router as router
