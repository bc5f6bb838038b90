# %% get_dict
def everywhere(view, f, *args, **kwargs):
    return view.apply_async(f, *args, **kwargs).get_dict()


# %% targets beside results
def everywhere(view, f, *args, **kwargs):
    return dict(zip(view.targets, view.apply_sync(f, *args, **kwargs)))


# %% asks each engine, then collects
def everywhere(view, f, *args, **kwargs):
    promises = {engine: view.client[engine].apply_async(f, *args, **kwargs) for engine in view.targets}
    return {engine: promise.get() for engine, promise in promises.items()}


# %% one engine after the other
def everywhere(view, f, *args, **kwargs):
    return {engine: view.client[engine].apply_sync(f, *args, **kwargs) for engine in view.targets}


# %% asks the results who made them
def everywhere(view, f, *args, **kwargs):
    promise = view.apply_async(f, *args, **kwargs)
    return {about["engine_id"]: value for value, about in zip(promise.get(), promise.metadata)}


# %% uses map  fails=["everywhere_each", "everywhere_ids", "everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    return dict(zip(view.targets, view.map_sync(f, *[[arg] for arg in args])))


# %% a list without ids  fails=["everywhere_ids", "everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    return view.apply_sync(f, *args, **kwargs)


# %% assumes that ids are 0, 1, 2  fails=["everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    return dict(enumerate(view.apply_sync(f, *args, **kwargs)))


# %% asks the client for the ids, and not the view  fails=["everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    return dict(zip(view.client.ids, view.apply_sync(f, *args, **kwargs)))


# %% every engine of the client, whatever the view holds  fails=["everywhere_each", "everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    return view.client[:].apply_async(f, *args, **kwargs).get_dict()


# %% calls n times on one  fails=["everywhere_each", "everywhere_ids", "everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    one = view.client[view.client.ids[0]]
    return {engine: one.apply_sync(f, *args, **kwargs) for engine in view.targets}


# %% forgets the arguments with names  fails=["everywhere_ids"]
def everywhere(view, f, *args, **kwargs):
    return view.apply_async(f, *args).get_dict()


# %% passes the arguments as one  fails=["everywhere_ids", "everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    return view.apply_async(f, *args or (args,), **kwargs).get_dict() if args else view.apply_async(f, args).get_dict()


# %% does not wait  fails=["everywhere_ids", "everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    return view.apply_async(f, *args, **kwargs)


# %% ids as texts  fails=["everywhere_ids", "everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    return {str(engine): value for engine, value in view.apply_async(f, *args, **kwargs).get_dict().items()}


# %% the client computes  fails=["everywhere_each", "everywhere_ids", "everywhere_gap"]
def everywhere(view, f, *args, **kwargs):
    return {engine: f(*args, **kwargs) for engine in view.targets}
