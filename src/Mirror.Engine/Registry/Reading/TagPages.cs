using System.Net;
using System.Text.Json;
using Mirror.Engine.Events;
using Mirror.Engine.Oci;
using Mirror.Engine.Registry.Sending;
using Mirror.Engine.Registry.Wire;
using Mirror.Engine.Settings.Ends;

namespace Mirror.Engine.Registry.Reading;

/// <summary>
/// Reads a tag list page by page (docs/behaviour/wire.md#tag-lists): bounded, never cut short unseen. Some registries
/// give fewer tags than they were asked for and no link to the others, so a list ends only where the registry, asked
/// for what comes behind its last tag, has nothing new.
/// </summary>
internal sealed class TagPages(RegistryAccess access, HttpWire wire, RequestSender sender, EventSink events)
{
    private const int PageLength = 1000;
    private const int MaxTags = 1_000_000;

    /// <summary>
    /// All tags in ordinal order; <see langword="null"/> when there is no such repository. To prove where the list ends
    /// costs a request.
    /// </summary>
    public async Task<ImmutableArray<string>?> ReadAsync(
        string repository, bool isEndProven, CancellationToken cancellationToken)
    {
        SortedSet<string> tags = new(StringComparer.Ordinal);
        HashSet<string> visited = new(StringComparer.Ordinal);
        long bytes = 0;
        bool isLinked = true;
        string? next = $"{repository}/tags/list?n={PageLength}";
        while (next is not null && visited.Add(next))
        {
            RegistryRequest request = RegistryRequest.ForTags(repository, next);
            Page? page = isLinked
                ? await ReadAsync(request, cancellationToken).ConfigureAwait(false)
                : await ProbeAsync(request, cancellationToken).ConfigureAwait(false);
            if (page is null)
            {
                // A list that ends in 404 after its first page changed while it was read: nothing more is known of it.
                return !isLinked ? [.. tags]
                    : visited.Count == 1 ? null
                    : throw new MirrorException(new RegistryFaults(access, request, access.Host)
                        .UnexpectedAnswer("404 in the middle of the list", ""));
            }

            int before = tags.Count;
            tags.UnionWith(page.Tags);
            bytes += page.Bytes;
            CheckSize(request, tags.Count, visited.Count, bytes);
            bool isMore = page.Tags.Length > 0 && (isLinked || tags.Count > before)
                && (isEndProven || page.Tags.Length >= PageLength);
            isLinked = page.Next is not null && !visited.Contains(page.Next);
            next = isLinked ? page.Next
                : isMore ? $"{repository}/tags/list?n={PageLength}&last={Uri.EscapeDataString(page.Tags[^1])}"
                : null;
        }

        return [.. tags];
    }

    private Task<Page?> ReadAsync(RegistryRequest request, CancellationToken cancellationToken) => sender.SendAsync(
        request,
        static status => status == HttpStatusCode.NotFound,
        (response, token) => ReadPageAsync(response, request, token),
        cancellationToken);

    /// <summary>What no link leads to; a registry that refuses to be asked for it has no further pages.</summary>
    private async Task<Page?> ProbeAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (MirrorException refusal) when (RegistryFailure.IsRefusal(refusal))
        {
            events.Cause($"Cannot check whether {request} continues after its last tag; treating it as complete: "
                + $"{refusal.Faults[0].Code}: {refusal.Faults[0].Message}");
            return null;
        }
    }

    private void CheckSize(RegistryRequest request, int tags, int pages, long bytes)
    {
        RegistryFaults faults = new(access, request, access.Host);
        if (tags > MaxTags || pages >= OciLimits.TagPages)
        {
            throw new MirrorException(faults.TooLarge(
                "the number of tags or pages", tags > MaxTags ? MaxTags : OciLimits.TagPages));
        }

        if (bytes > OciLimits.TagListBytes)
        {
            throw new MirrorException(faults.TooLarge("the list of tags in bytes", OciLimits.TagListBytes));
        }
    }

    private async Task<Page?> ReadPageAsync(
        RegistryResponse response, RegistryRequest request, CancellationToken cancellationToken)
    {
        if (response.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        ReadOnlyMemory<byte> body = await wire.ReadAsync(
            response.Message, request, OciLimits.TagPageBytes, cancellationToken).ConfigureAwait(false);
        RegistryFaults faults = new(access, request, response.Address.Authority);
        string? link = response.Message.Headers.TryGetValues("Link", out IEnumerable<string>? links)
            ? LinkHeader.FindNext(links)
            : null;
        if (link is null && links is not null && LinkHeader.IsUnreadable(links))
        {
            throw new MirrorException(faults.UnexpectedAnswer(
                $"the link to the next page cannot be read: '{ErrorBody.Clean(string.Join(", ", links))}'", ""));
        }

        ImmutableArray<string> tags = ParseTags(body)
            ?? throw new MirrorException(
                faults.UnexpectedAnswer("no list of tags", ErrorBody.Parse(body, wire.Secrets).Said));
        if (tags.FirstOrDefault(tag => tag.Length > RepositoryName.MaxTagLength) is { } tag)
        {
            throw new MirrorException(faults.UnexpectedAnswer(
                $"a tag of {tag.Length} characters, where {RepositoryName.MaxTagLength} are allowed "
                    + $"('{ErrorBody.Clean(tag[..40])}…')",
                ""));
        }

        return new Page(
            tags,
            body.Length,
            link is null ? null : $"{request.Repository}/tags/list?" + (LinkHeader.QueryOf(link)
                ?? throw new MirrorException(faults.UnexpectedAnswer(
                    $"the next page is said to be at '{ErrorBody.Clean(link)}'", ""))));
    }

    internal static ImmutableArray<string>? ParseTags(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, OciLimits.Json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            if (!document.RootElement.TryGetProperty("tags", out JsonElement tags))
            {
                // Any other document, such as an error sent with 200, is not a list that happens to be empty.
                return document.RootElement.TryGetProperty("name", out _) ? [] : null;
            }

            if (tags.ValueKind == JsonValueKind.Null)
            {
                return [];
            }

            return tags.ValueKind == JsonValueKind.Array
                && tags.EnumerateArray().All(tag => tag.ValueKind == JsonValueKind.String)
                ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)]
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or text in it that is no UTF-8.
            return null;
        }
    }

    private sealed record Page(ImmutableArray<string> Tags, int Bytes, string? Next);
}
