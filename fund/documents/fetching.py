"""What a letter may load: our own assets by name and nothing else. Imported only in the printing process."""

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from fund.documents.assets import PREFIX, Assets


class AssetFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Serves `asset:<name>`. Every refusal is counted as well as raised, since WeasyPrint swallows some (images inside SVG)."""

    def __init__(self, assets: Assets) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(PREFIX)
        if name == url or name not in self._assets or self._assets.kind(name) == "text/html":
            self.refused.append(f"the letter asked for {url[:200]}")
            raise FatalURLFetchingError(self.refused[-1])
        return URLFetcherResponse(url, self._assets.read(name), {"Content-Type": self._assets.kind(name)})
